package dev.threadsmigration.preflight;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.mapping.IdMapping;
import dev.threadsmigration.mapping.IdRules;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.RecordMapper;
import dev.threadsmigration.mapping.TextLimits;
import dev.threadsmigration.target.TargetTable;
import java.time.Clock;

/**
 * How one entity is moved.
 *
 * @param idExpression what rows of one id have in common, as SQL on the legacy table; empty where ids cannot repeat
 * @param total legacy rows when they were counted
 */
public record EntityPlan(MappingRules rules, TargetTable table, String idExpression, long total) {

    /**
     * A mapper of its legacy rows.
     *
     * @param ids what new ids are made by
     */
    public RecordMapper mapper(MigrationProperties properties, IdRules ids, Clock clock) {
        return rules.mapper(
                new IdMapping(ids),
                properties.source().timeZone(),
                new TextLimits(table.textSizes()),
                clock,
                properties.preset());
    }
}
