package dev.threadsmigration.preflight;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.target.TargetTable;
import java.util.Map;
import java.util.Set;

/**
 * What the preflight found: all that a migration needs to know of both databases.
 *
 * @param entities those to move, in the order in which they must be moved
 * @param tables the target's tables, those of referenced entities included
 * @param sourceIdentity which legacy database it is
 * @param planned whose tables are not there yet, and are to be created before anything is written
 */
public record MigrationPlan(
        Map<Entity, EntityPlan> entities,
        Map<Entity, TargetTable> tables,
        String sourceIdentity,
        Set<Entity> planned) {}
