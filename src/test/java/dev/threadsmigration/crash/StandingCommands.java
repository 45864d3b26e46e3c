package dev.threadsmigration.crash;

import dev.threadsmigration.cli.CommandLineTool;
import java.util.ArrayList;
import java.util.List;

/**
 * The main class of a process that runs many commands, to be killed all at once: each goes on until it stands still at its
 * fault's point, and then the next begins. What a JVM takes to start is so taken once for all of them.
 */
final class StandingCommands {

    static final String ALL_STAND = "ALL STAND STILL";
    /** Ends each command among the words. */
    static final String END = ";";

    private static final long STACK_BYTES = 16L << 20;

    private StandingCommands() {}

    public static void main(String[] words) throws InterruptedException {
        List<String> command = new ArrayList<>();
        for (String word : words) {
            if (word.equals(END)) {
                start(List.copyOf(command));
                FaultPoints.awaitOneMore();
                command.clear();
            } else {
                command.add(word);
            }
        }
        System.out.println(ALL_STAND);
    }

    private static void start(List<String> command) {
        new Thread(null, () -> run(command), "command", STACK_BYTES).start();
    }

    private static void run(List<String> command) {
        int exitCode = CommandLineTool.run(command.toArray(String[]::new));
        System.out.println("ended with " + exitCode + " before it came to its fault's point: " + command);
        Runtime.getRuntime().halt(1);
    }
}
