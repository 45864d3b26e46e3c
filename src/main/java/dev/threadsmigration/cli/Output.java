package dev.threadsmigration.cli;

/** Whether what a command printed has arrived, where that is all it is for: Java says nothing of it by itself. */
final class Output {

    private Output() {}

    /** Whether nobody reads standard output any more, or nothing can be written there. */
    static boolean isLost() {
        return System.out.checkError();
    }

    static int exitCode() {
        if (isLost()) {
            System.err.println("Standard output could not be written: is a disk full, or what reads it gone?");
            return ExitCode.FAILED;
        }
        return ExitCode.DONE;
    }
}
