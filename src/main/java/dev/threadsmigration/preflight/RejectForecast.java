package dev.threadsmigration.preflight;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.SampleReader;
import dev.threadsmigration.mapping.IdMapping;
import dev.threadsmigration.mapping.IdRules;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.RecordMapper;
import dev.threadsmigration.mapping.TextLimits;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Amount;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.target.TakenIds;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Which rejects to expect, as far as the legacy database can count them cheaply. A dry run knows them all. */
public final class RejectForecast {

    /** Enough to see one taken id in five hundred nearly always, and read in a moment. */
    private static final long SAMPLE = 1000;

    private final LegacyDatabase legacy;
    private final DataSource target;
    private final MigrationPlan plan;
    private final MigrationProperties properties;

    public RejectForecast(
            LegacyDatabase legacy, DataSource target, MigrationPlan plan, MigrationProperties properties) {
        this.legacy = legacy;
        this.target = target;
        this.plan = plan;
        this.properties = properties;
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
            if (!plan.planned().contains(entity.rules().entity())) {
                checks.add(freeIds(entity));
            }
        }
        return checks;
    }

    /** Two databases cannot be joined, so a sample of the legacy records is looked up in the target. */
    private Check freeIds(EntityPlan entity) throws SQLException {
        Entity name = entity.rules().entity();
        RecordMapper mapper = entity.rules()
                .mapper(
                        new IdMapping(new IdRules(IdMapping.namespaceOf(properties))),
                        properties.source().timeZone(),
                        new TextLimits(entity.table().textSizes()),
                        Clock.systemUTC(),
                        properties.preset());
        SampleReader sample = new SampleReader(
                legacy.rows(entity.rules().table()),
                KeyRange.WHOLE,
                SAMPLE,
                Math.max(1, entity.total()),
                MemoryShare.ofLanes(properties.partitions().count()));
        TakenIds takenIds = new TakenIds(target, entity.table(), properties.preset());
        List<Accepted> records = new ArrayList<>();
        long looked = 0;
        long taken = 0;
        LegacyRow row;
        do {
            row = sample.read();
            if (row != null && mapper.map(row) instanceof Accepted accepted) {
                records.add(accepted);
            }
            if (row == null || sample.isChunkFull()) {
                looked += records.size();
                taken += takenIds.count(records);
                records.clear();
            }
        } while (row != null);
        return taken == 0
                ? Check.ok(
                        "target " + name, "no other record has an id of " + Amount.of(looked, "random legacy record"))
                : Check.note(
                        "forecast " + name,
                        "%d of %d random records will be rejected as %s (%s): %s"
                                .formatted(
                                        taken,
                                        looked,
                                        RejectionCode.ID_TAKEN.code(),
                                        Field.ID,
                                        RejectionCode.ID_TAKEN.remedy()));
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
            // A default takes the place of blanks.
            boolean blanks = rule.defaultValue() == null;
            add(checks, table, RejectionCode.TOO_LONG, field, legacy.countLonger(table, rule.column(), limit, blanks));
        }
        for (Entity referenced : rules.entity().references()) {
            EntityPlan other = plan.entities().get(referenced);
            if (other != null && rules.entity().referenceTo(referenced) == field && isComparable(column, other)) {
                add(
                        checks,
                        table,
                        RejectionCode.notFound(referenced),
                        field,
                        legacy.countDangling(
                                table,
                                column,
                                other.rules().table(),
                                other.rules().idColumns().get(0)));
            }
        }
    }

    /** Whether the database can compare a column with an id: not with one of several columns, or of another type. */
    private static boolean isComparable(Column column, EntityPlan referenced) {
        List<Column> id = referenced.rules().idColumns();
        return id.size() == 1
                && (id.get(0).jdbcType() == column.jdbcType() || id.get(0).isInteger() && column.isInteger());
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
