package dev.threadsmigration.ledger;

import java.util.Locale;

/** How far a record is whose legacy row was deleted after it was moved. */
public enum Deletion {
    /** Its legacy row is gone, and nothing is done about it yet. */
    FOUND,
    /** It is about to be removed. */
    GOING,
    /** It was taken out of the target; a copy of it is kept. */
    REMOVED,
    /** Only its ledger entry is gone: the target has no record of ours for it. */
    FORGOTTEN,
    /** The target keeps it, and a later run tries again. */
    KEPT;

    /** Whether a later run may still remove it. */
    boolean isOpen() {
        return this == FOUND || this == GOING || this == KEPT;
    }

    /** As it stands in the ledger. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Deletion of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
