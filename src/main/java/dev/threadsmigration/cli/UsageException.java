package dev.threadsmigration.cli;

/** A command line that cannot be understood. The message says what is wrong and what is right. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }
}
