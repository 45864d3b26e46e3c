package dev.threadsmigration.target;

import dev.threadsmigration.model.Entity;

/** Is told of every chunk, once it is committed. Called from several threads. */
public interface ChunkProgress {

    void chunkWritten(Entity entity, int migrated, int duplicate, int rejected);

    /** Is told that an entity's records are being compared now; may be told again. */
    default void comparing(Entity entity) {}
}
