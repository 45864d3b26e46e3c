package dev.threadsmigration.preflight;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.TextLimits;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.RejectionCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which rejects to expect, as far as the legacy database can count them cheaply. A dry run knows them all. */
public final class RejectForecast {

    private final LegacyDatabase legacy;
    private final MigrationPlan plan;

    public RejectForecast(LegacyDatabase legacy, MigrationPlan plan) {
        this.legacy = legacy;
        this.plan = plan;
    }

    /** One note for each code and field that rows will be rejected for. */
    public List<Check> checks() throws SQLException {
        List<Check> checks = new ArrayList<>();
        for (EntityPlan entity : plan.entities().values()) {
            LegacyTable table = entity.rules().table();
            add(checks, table, RejectionCode.ID_MISSING, Field.ID, legacy.countWithoutKey(table));
            if (!entity.idExpression().isEmpty()) {
                add(
                        checks,
                        table,
                        RejectionCode.ID_REPEATED,
                        Field.ID,
                        legacy.countShared(table, entity.idExpression()));
            }
            for (Field field : entity.rules().entity().fields()) {
                FieldRule rule = entity.rules().rules().get(field);
                if (rule != null && rule.column() != null && rule.constant() == null) {
                    forecast(checks, entity, field, rule);
                }
            }
        }
        return checks;
    }

    private void forecast(List<Check> checks, EntityPlan entity, Field field, FieldRule rule) throws SQLException {
        MappingRules rules = entity.rules();
        LegacyTable table = rules.table();
        Column column = table.columns().get(table.position(rule.column()));
        if (rules.entity().requires(field) && rule.defaultValue() == null && field != Field.ID) {
            add(checks, table, RejectionCode.REQUIRED_MISSING, field, legacy.countNulls(table, rule.column()));
        }
        int limit = new TextLimits(entity.table().textSizes()).of(field);
        if (field.kind() == Field.Kind.TEXT
                && column.isText()
                && rule.tooLong() == TooLong.REJECT
                && limit < Integer.MAX_VALUE) {
            add(checks, table, RejectionCode.TOO_LONG, field, legacy.countLonger(table, rule.column(), limit));
        }
        for (Entity referenced : rules.entity().references()) {
            EntityPlan other = plan.entities().get(referenced);
            if (other != null && rules.entity().referenceTo(referenced) == field && sameType(column, other)) {
                add(
                        checks,
                        table,
                        RejectionCode.notFound(referenced),
                        field,
                        legacy.countDangling(table, rule.column(), other.rules().table()));
            }
        }
    }

    private static boolean sameType(Column column, EntityPlan referenced) {
        return referenced.rules().table().key().get(0).jdbcType() == column.jdbcType();
    }

    private static void add(List<Check> checks, LegacyTable table, RejectionCode code, Field field, long count) {
        if (count > 0) {
            // Those of the same content are duplicates, which SQL cannot tell cheaply.
            String most = code == RejectionCode.ID_REPEATED ? "up to " : "";
            checks.add(Check.note(
                    "forecast " + table.entity(),
                    "%s%d will be rejected as %s (%s): %s".formatted(most, count, code.code(), field, code.remedy())));
        }
    }
}
