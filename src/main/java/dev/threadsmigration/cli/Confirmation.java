package dev.threadsmigration.cli;

import java.io.Console;

/** Asks a person before something is taken away. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Whether {@code --yes} was given, or the migration's name was typed at the terminal.
     *
     * @param what a verb
     */
    static boolean given(Session session, String what) {
        if (session.commandOptions().yes) {
            return true;
        }
        String name = session.properties().name();
        Console console = System.console();
        String typed = console == null ? null : console.readLine("To %s migration '%s', type its name: ", what, name);
        if (name.equals(typed)) {
            return true;
        }
        System.err.printf("Nothing was touched. To %s without being asked, add --yes.%n", what);
        return false;
    }
}
