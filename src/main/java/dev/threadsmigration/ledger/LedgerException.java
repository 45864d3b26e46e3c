package dev.threadsmigration.ledger;

/** The ledger could not be asked or written. */
public class LedgerException extends RuntimeException {

    LedgerException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
