package dev.threadsmigration.mapping;

import dev.threadsmigration.config.Presets;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one thread with about 200 bytes of nested custom fields costs before it is written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordMapperBenchmark {

    private static final String CUSTOM_FIELDS = """
            {"labels": ["label-12", "label-3"], "remark": "0f3c9a71be5540d29a6ce1b7", "status": "waiting", \
            "contact": {"by": "mail", "reference": "9b1e44c07d2a5f6830ce"}, \
            "routing": {"desk": "desk-7", "score": {"value": 4.2, "votes": 321}, "urgent": false}}""";

    private static final List<Column> COLUMNS = List.of(
            column("id", Types.OTHER, "uuid"),
            column("legacy_id", Types.BIGINT, "int8"),
            column("subject", Types.VARCHAR, "varchar"),
            column("owner_id", Types.OTHER, "uuid"),
            column("company_id", Types.OTHER, "uuid"),
            column("division_code", Types.VARCHAR, "varchar"),
            column("custom_fields", Types.OTHER, "jsonb"),
            column("created_date", Types.TIMESTAMP_WITH_TIMEZONE, "timestamptz"),
            column("modified_date", Types.TIMESTAMP_WITH_TIMEZONE, "timestamptz"));

    private final LegacyRow row = row();
    private final RecordMapper mapper = mapper();
    private final TargetRecord mapped = ((Accepted) mapper.map(row)).record();

    @Benchmark
    public Outcome map() {
        return mapper.map(row);
    }

    @Benchmark
    public long hash() {
        return Content.hash(mapped);
    }

    private static Column column(String name, int jdbcType, String typeName) {
        return new Column(name, jdbcType, typeName, 0, true, Column.Fill.NONE);
    }

    private static LegacyRow row() {
        UUID id = UUID.fromString("0b8f1c1e-4a54-4d0e-9b59-5a3a51e6a002");
        Object[] values = {
            id,
            123_456L,
            "Subject 123456 of a thread",
            UUID.fromString("0b8f1c1e-4a54-4d0e-9b59-5a3a51e6a001"),
            UUID.fromString("0b8f1c1e-4a54-4d0e-9b59-5a3a51e6a003"),
            "D17",
            CUSTOM_FIELDS,
            OffsetDateTime.parse("2020-02-03T04:05:06.123456Z"),
            OffsetDateTime.parse("2020-05-06T07:08:09.654321Z")
        };
        return new LegacyRow(
                id.toString(), 1, COLUMNS.stream().map(Column::name).toList(), values);
    }

    private static RecordMapper mapper() {
        LegacyTable table = new LegacyTable(
                Entity.THREADS,
                Dialect.of("jdbc:postgresql:any"),
                "legacy_threads",
                new TableName(null, "legacy_threads"),
                null,
                COLUMNS,
                1);
        return new MappingRules(
                        table, Presets.mapping("legacy-v1").get(Entity.THREADS).fields())
                .mapper(
                        new IdMapping(new IdRules(UUID.fromString("6f1c2a4e-9d3b-4c58-8a7e-1b2c3d4e5f60"))),
                        ZoneOffset.UTC,
                        new TextLimits(Map.of()),
                        Clock.systemUTC(),
                        "legacy-v1");
    }
}
