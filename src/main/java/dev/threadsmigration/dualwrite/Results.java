package dev.threadsmigration.dualwrite;

import dev.threadsmigration.config.SyncConflict;
import dev.threadsmigration.dualwrite.EntitySync.Written;
import dev.threadsmigration.ledger.CarriedWrites.Carried;
import dev.threadsmigration.ledger.QueuedWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of the records of a chunk, to be noted together in its transaction. */
final class Results {

    private final EntitySync sync;
    private final List<QueuedWrite> done = new ArrayList<>();
    private final List<Carried> carried = new ArrayList<>();
    private final Map<Reason, List<QueuedWrite>> held = new LinkedHashMap<>();

    private record Reason(String because, @Nullable String detail) {}

    Results(EntitySync sync) {
        this.sync = sync;
    }

    /** Its writes leave the queue, and there is nothing to tell. */
    void done(Written record) {
        done.addAll(record.writes());
    }

    /** Its writes leave the queue. */
    void done(Written record, Carried what) {
        done(record);
        carried.add(what);
    }

    /** Its last write stays in the queue, for a person or for the next time; the record is looked at, not the write. */
    void held(Written record, String because, @Nullable String detail) {
        List<QueuedWrite> writes = record.writes();
        done.addAll(writes.subList(0, writes.size() - 1));
        held.computeIfAbsent(new Reason(because, detail), reason -> new ArrayList<>())
                .add(writes.get(writes.size() - 1));
    }

    /** What becomes of a record that changed on both sides; true: its write goes over legacy's. */
    boolean takesTarget(Written record, String why, SyncConflict onConflict) {
        switch (onConflict) {
            case HOLD -> held(record, why, null);
            case KEEP_LEGACY -> done(record, Carried.kept(record.entry(), why));
            case TAKE_TARGET -> {
                return true;
            }
        }
        return false;
    }

    void note() {
        sync.queue().remove(done);
        sync.carried().note(sync.entity(), carried);
        held.forEach((reason, writes) -> sync.queue().hold(writes, reason.because(), reason.detail()));
    }
}
