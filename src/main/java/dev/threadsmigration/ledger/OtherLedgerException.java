package dev.threadsmigration.ledger;

/** The ledger's tables are not those of this build, so that it must not be used. The message says what to do. */
public final class OtherLedgerException extends RuntimeException {

    OtherLedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
