package dev.threadsmigration.database;

import dev.threadsmigration.model.Metadata;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a row of a chunk costs to be encoded for COPY. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BinaryCopyBenchmark {

    private static final int CHUNK = 2500;

    private final List<BulkColumn> columns = List.of(
            new BulkColumn("id", "uuid"),
            new BulkColumn("title", "varchar"),
            new BulkColumn("user_id", "uuid"),
            new BulkColumn("organization_id", "uuid"),
            new BulkColumn("tenant_id", "varchar"),
            new BulkColumn("metadata", "jsonb"),
            new BulkColumn("created_at", "timestamp"),
            new BulkColumn("updated_at", "timestamp"));

    private final Object[][] values = values();

    private final BulkRows rows = new BulkRows() {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Object value(int row, int column) {
            return values[row][column];
        }
    };

    @Benchmark
    @OperationsPerInvocation(CHUNK)
    public void encode(Blackhole sink) throws SQLException {
        BinaryCopy.write(columns, rows, (bytes, length) -> sink.consume(bytes));
    }

    private static Object[][] values() {
        Instant start = Instant.parse("2020-02-03T04:05:06.123456Z");
        Object[][] values = new Object[CHUNK][];
        for (int i = 0; i < CHUNK; i++) {
            values[i] = new Object[] {
                new UUID(i, i),
                "Subject " + i + " of a thread",
                new UUID(i, 1),
                new UUID(i, 2),
                "D" + i % 50,
                metadata(i),
                start.plusSeconds(i),
                start.plusSeconds(2L * i)
            };
        }
        return values;
    }

    private static Metadata metadata(int i) {
        String json = """
                {"migrated":true,"migratedAt":"2026-03-01T10:15:30.123Z","oldSystem":"legacy-v1","oldId":%d,\
                "labels": ["label-12", "label-3"], "remark": "0f3c9a71be5540d29a6ce1b7", "status": "waiting", \
                "contact": {"by": "mail", "reference": "9b1e44c07d2a5f6830ce"}, \
                "routing": {"desk": "desk-7", "score": {"value": 4.2, "votes": 321}, "urgent": false}}""";
        return new Metadata(json.formatted(i), Integer.toString(i), i);
    }
}
