package dev.threadsmigration.ledger;

/**
 * The promise's equation for one entity: {@code total = migrated + duplicate + rejected + remaining}.
 *
 * @param total legacy records when they were last counted
 */
public record Counts(long total, long migrated, long duplicate, long rejected, long remaining) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    /** Records with an outcome. */
    public long done() {
        return migrated + duplicate + rejected;
    }

    /** The same outcomes among this many legacy records, or among themselves where legacy has fewer now. */
    Counts outOf(long legacy) {
        long all = Math.max(legacy, done());
        return new Counts(all, migrated, duplicate, rejected, all - done());
    }
}
