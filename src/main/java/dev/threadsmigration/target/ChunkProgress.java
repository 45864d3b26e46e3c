package dev.threadsmigration.target;

import dev.threadsmigration.model.Entity;
import org.jspecify.annotations.Nullable;

/** Is told of every chunk, once it is committed. Called from several threads. */
public interface ChunkProgress {

    /** @param rejectedBefore how many of the chunk's rows were rejected before, whatever became of them now */
    void chunkWritten(Entity entity, int migrated, int duplicate, int rejected, int rejectedBefore);

    /**
     * Is told that the run stands still to spare the target; told again every few seconds.
     *
     * @param why null: it goes on
     */
    default void held(@Nullable String why) {}

    /** Is told that legacy is being read for what changed in an entity's records since they were moved; may be told again. */
    default void following(Entity entity) {}

    /** Is told that legacy is being asked which rows of an entity's records are still there; may be told again. */
    default void lookingForDeleted(Entity entity) {}

    /**
     * Is told that an entity's records are being compared now; may be told again.
     *
     * @param most how many of them
     */
    default void comparing(Entity entity, long most) {}
}
