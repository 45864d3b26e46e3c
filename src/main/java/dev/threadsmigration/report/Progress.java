package dev.threadsmigration.report;

import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.target.ChunkProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the run is. It is fed by committed chunks and shown as a bar on a terminal and as a line every few seconds
 * elsewhere; no figure of the report comes from here.
 */
public final class Progress implements ChunkProgress, AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final Clock clock;
    private final Set<Entity> followed = EnumSet.noneOf(Entity.class);
    private final Set<Entity> askedFor = EnumSet.noneOf(Entity.class);
    private final Set<Entity> compared = EnumSet.noneOf(Entity.class);
    private final Map<Entity, Counts> start = new EnumMap<>(Entity.class);
    private final Map<Entity, Moved> moved = new EnumMap<>(Entity.class);
    private final Timeline timeline = new Timeline();
    private Instant lastCommit;
    private @Nullable Screen screen;
    private Instant lastLine;
    private long mostRejected;
    private @Nullable String held;
    private @Nullable Runnable onTooMany;

    /** Where progress is shown. */
    public interface Screen extends AutoCloseable {

        void show(Snapshot snapshot);

        @Override
        void close();
    }

    /**
     * How far an entity is.
     *
     * @param done records with an outcome, earlier runs included
     * @param doneBefore those of earlier runs
     * @param elapsed since this run began with the entity
     */
    public record Snapshot(Entity entity, long total, long done, long doneBefore, long rejected, Duration elapsed) {

        /** From 0 to 100; 100 only when nothing is left. */
        public int percent() {
            return total <= 0 ? 100 : (int) Math.min(done >= total ? 100 : 99, done * 100 / total);
        }

        public long recordsPerSecond() {
            return perSecond(done - doneBefore, elapsed);
        }

        public Duration timeLeft() {
            long rate = recordsPerSecond();
            return rate == 0 ? Duration.ZERO : Duration.ofSeconds(Math.max(0, total - done) / rate);
        }

        /** The snapshot as a line of a log. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%s %d%%, %,d of %,d, %,d a second, %s left, %,d rejected",
                    entity.label(),
                    percent(),
                    done,
                    total,
                    recordsPerSecond(),
                    Summary.duration(timeLeft()),
                    rejected);
        }
    }

    private static final class Moved {
        private final Instant began;
        private Instant last;
        /** What was handled, records that were rejected before included. */
        private long records;
        /** Records that have an outcome now and had none. */
        private long fresh;
        /** Less than none where mended ones came through. */
        private long moreRejected;

        Moved(Instant began) {
            this.began = began;
            this.last = began;
        }
    }

    public Progress(Clock clock) {
        this.clock = clock;
        this.lastLine = clock.instant();
        this.lastCommit = lastLine;
    }

    /** Begins to show. */
    public synchronized void begin(Map<Entity, Counts> counts, Screen on) {
        start.putAll(counts);
        screen = on;
        lastLine = clock.instant();
        lastCommit = lastLine;
        sample(lastLine);
    }

    /** Calls once when more than {@code most} records of the migration are rejected. */
    public synchronized void limitRejects(long most, Runnable exceeded) {
        mostRejected = most;
        onTooMany = exceeded;
        checkRejects();
    }

    private void checkRejects() {
        long rejected = start.values().stream().mapToLong(Counts::rejected).sum()
                + moved.values().stream().mapToLong(so -> so.moreRejected).sum();
        if (onTooMany != null && rejected > mostRejected) {
            onTooMany.run();
            onTooMany = null;
        }
    }

    @Override
    public synchronized void chunkWritten(
            Entity entity, int migrated, int duplicate, int rejected, int rejectedBefore) {
        Instant now = clock.instant();
        Instant before = lastCommit;
        Moved so = moved.computeIfAbsent(entity, e -> new Moved(before));
        so.records += migrated + duplicate + rejected;
        so.fresh += migrated + duplicate + rejected - rejectedBefore;
        so.moreRejected += rejected - rejectedBefore;
        so.last = now;
        lastCommit = now;
        sample(now);
        checkRejects();
        Snapshot snapshot = snapshot(entity, so, now);
        boolean due = Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0;
        if (screen != null && (due || !(screen instanceof LogScreen))) {
            lastLine = now;
            screen.show(snapshot);
        }
    }

    private void sample(Instant now) {
        Map<Entity, Long> records = new EnumMap<>(Entity.class);
        moved.forEach((entity, so) -> records.put(entity, so.records));
        long remaining = start.values().stream().mapToLong(Counts::remaining).sum()
                - moved.values().stream().mapToLong(so -> so.fresh).sum();
        timeline.add(new Timeline.Sample(now, Map.copyOf(records), Math.max(0, remaining)));
    }

    /** How this run went, moment by moment. */
    public synchronized List<Timeline.Sample> samples() {
        return timeline.samples();
    }

    private Snapshot snapshot(Entity entity, Moved so, Instant now) {
        Counts before = start.getOrDefault(entity, Counts.NONE);
        return new Snapshot(
                entity,
                before.total(),
                before.done() + so.fresh,
                before.done(),
                before.rejected() + so.moreRejected,
                Duration.between(so.began, now));
    }

    /** What this run moved, in records a second, by entity; those that were rejected before and are again count, too. */
    public synchronized Map<Entity, Long> rates() {
        Map<Entity, Long> rates = new EnumMap<>(Entity.class);
        moved.forEach((entity, so) -> rates.put(entity, perSecond(so.records, Duration.between(so.began, so.last))));
        return rates;
    }

    private static long perSecond(long records, Duration time) {
        return records * 1000 / Math.max(1, time.toMillis());
    }

    @Override
    public synchronized void held(@Nullable String why) {
        boolean changed = (why == null) != (held == null);
        held = why;
        if (changed && screen != null) {
            screen.close();
            LOG.info(why == null ? "Going on." : "Paused: {}.", why);
        }
    }

    @Override
    public synchronized void following(Entity entity) {
        if (followed.add(entity)) {
            LOG.info("Looking for changes in {} {}.", String.format(Locale.ROOT, "%,d", total(entity)), entity);
        }
    }

    @Override
    public synchronized void lookingForDeleted(Entity entity) {
        if (askedFor.add(entity) && screen != null) {
            screen.close();
            LOG.info("Looking which {} are deleted in legacy.", entity);
        }
    }

    private long total(Entity entity) {
        return start.getOrDefault(entity, Counts.NONE).total();
    }

    @Override
    public synchronized void comparing(Entity entity, long most) {
        if (compared.add(entity) && screen != null) {
            screen.close();
            long total = total(entity);
            String sample = most < total ? String.format(Locale.ROOT, "a sample of %,d of ", most) : "";
            LOG.info("Comparing {}{} {}.", sample, String.format(Locale.ROOT, "%,d", total), entity);
        }
    }

    @Override
    public synchronized void close() {
        if (screen != null) {
            screen.close();
            screen = null;
        }
    }
}
