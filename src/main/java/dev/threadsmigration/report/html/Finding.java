package dev.threadsmigration.report.html;

import java.util.Locale;

/** One thing that must hold before anybody goes live, and whether it does. */
record Finding(Mark mark, String text) {

    /** How a finding looks and is read out. */
    enum Mark {
        GOOD("Holds"),
        OPEN("Open"),
        BAD("Fails");

        private final String word;

        Mark(String word) {
            this.word = word;
        }
    }

    static Finding of(boolean holds, String good, String otherwise, Mark mark) {
        return holds ? new Finding(Mark.GOOD, good) : new Finding(mark, otherwise);
    }

    String kind() {
        return mark.name().toLowerCase(Locale.ROOT);
    }

    String word() {
        return mark.word;
    }

    boolean good() {
        return mark == Mark.GOOD;
    }

    boolean bad() {
        return mark == Mark.BAD;
    }

    boolean open() {
        return mark == Mark.OPEN;
    }
}
