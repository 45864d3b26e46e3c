package dev.threadsmigration.target;

import java.util.Arrays;
import java.util.UUID;

/**
 * A set of ids in one array, by open addressing with linear probing and multiplicative hashing (Knuth, The Art of Computer
 * Programming, volume 3, section 6.4). As objects so many ids would wander into the old generation, and be slow to find.
 */
final class RememberedIds {

    private static final int LOG_OF_SLOTS = 18;
    private static final int SLOTS = 1 << LOG_OF_SLOTS;
    /** Half of the slots stay free, or the search for one becomes long. */
    private static final int MOST = SLOTS / 2;

    /** 2^64 divided by the golden ratio. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Two numbers a slot, the halves of an id; both 0 where it is free. */
    private final long[] slots = new long[2 * SLOTS];

    private int size;
    /** The id of zeros, which looks like a free slot. */
    private boolean nil;

    boolean hasRoomFor(int more) {
        return size + more <= MOST;
    }

    boolean contains(UUID id) {
        return isNil(id) ? nil : !isFree(slotOf(id));
    }

    /** To be called only while there is room. */
    void add(UUID id) {
        if (isNil(id)) {
            nil = true;
            return;
        }
        int slot = slotOf(id);
        if (isFree(slot)) {
            slots[slot] = id.getMostSignificantBits();
            slots[slot + 1] = id.getLeastSignificantBits();
            size++;
        }
    }

    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
        nil = false;
    }

    /** Where the id is, or else the free slot where it would be. */
    private int slotOf(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        int slot = 2 * (int) ((high * 31 + low) * MULTIPLIER >>> Long.SIZE - LOG_OF_SLOTS);
        while (!isFree(slot) && (slots[slot] != high || slots[slot + 1] != low)) {
            slot = slot + 2 == slots.length ? 0 : slot + 2;
        }
        return slot;
    }

    private boolean isFree(int slot) {
        return slots[slot] == 0 && slots[slot + 1] == 0;
    }

    private static boolean isNil(UUID id) {
        return id.getMostSignificantBits() == 0 && id.getLeastSignificantBits() == 0;
    }
}
