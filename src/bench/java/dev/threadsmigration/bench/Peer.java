package dev.threadsmigration.bench;

import org.jspecify.annotations.Nullable;

/** A way to move the legacy threads into the target, or to take them out of it again. */
interface Peer {

    String name();

    /** What is missing on this machine; null: it can run. */
    default @Nullable String missing() {
        return null;
    }

    /** How many legacy threads it looks at, the first ones by key. */
    long threads();

    /** How many of them are in the target when it has ended. */
    default long left() {
        return threads();
    }

    /** What must be there before its time starts, on top of the reset target. */
    default void prepare() {}

    Run run();

    /** Fails where its own counts are wrong; the rows in the target are checked for all peers alike. */
    default void check() {}
}
