package dev.threadsmigration.config;

/** A job file that cannot be used. The message says which key, where, why, and what is allowed. */
public class JobFileException extends RuntimeException {

    public JobFileException(String message) {
        super(message);
    }

    JobFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
