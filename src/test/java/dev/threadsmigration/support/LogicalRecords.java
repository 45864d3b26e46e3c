package dev.threadsmigration.support;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** 2,000 records as every legacy database of the tests holds them, each in its own types. */
public final class LogicalRecords {

    public static final int USERS = 200;
    public static final int THREADS = 1500;
    public static final int FEEDBACK = 300;

    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_9999 = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final Instant AFTER_32_BITS = Instant.parse("2038-01-19T03:14:08Z");
    private static final Instant START = Instant.parse("2019-03-31T00:59:59.123Z");
    private static final List<String> TYPES = List.of("thumb_up", "thumb_down", "comment");

    private LogicalRecords() {}

    public record User(long id, String name, Instant createdAt) {}

    public record Thread(
            long id,
            @Nullable String title,
            long userId,
            @Nullable String organizationId,
            @Nullable String tenantId,
            @Nullable String metadata,
            Instant createdAt,
            @Nullable Instant updatedAt) {}

    public record Feedback(
            UUID id,
            long threadId,
            long userId,
            String type,
            @Nullable String comment,
            @Nullable Boolean helpful,
            @Nullable Integer rating,
            Instant createdAt) {}

    public static List<User> users() {
        return IntStream.rangeClosed(1, USERS)
                .mapToObj(i -> new User(i, i % 7 == 0 ? "Zoë 🧵 " + i : "Person " + i, date(i)))
                .toList();
    }

    public static List<Thread> threads() {
        return IntStream.rangeClosed(1, THREADS)
                .mapToObj(i -> new Thread(
                        i * 3L,
                        i % 11 == 0 ? null : i % 5 == 0 ? "𝕋 日本語 \\ 'quoted' \"twice\" " + i : "Subject " + i,
                        1 + i % USERS,
                        i % 4 == 0 ? null : "company-" + i % 13,
                        i % 6 == 0 ? null : "tenant/" + i % 9,
                        i % 8 == 0 ? null : metadata(i),
                        date(i),
                        i % 3 == 0 ? null : date(i + 1)))
                .toList();
    }

    private static String metadata(int i) {
        return "{\"n\": %d, \"exact\": 12345678901234567890.%03d, \"tags\": [\"a\", \"🧵\"], \"deep\": {\"é\": null}}"
                .formatted(i, i % 900 + 1);
    }

    public static List<Feedback> feedback() {
        return IntStream.rangeClosed(1, FEEDBACK)
                .mapToObj(i -> new Feedback(
                        UUID.nameUUIDFromBytes(("feedback " + i).getBytes(StandardCharsets.UTF_8)),
                        (1 + i % THREADS) * 3L,
                        1 + i % USERS,
                        TYPES.get(i % 3),
                        i % 2 == 0 ? null : "Comment " + i + " 👍",
                        i % 3 == 0 ? null : i % 2 == 0,
                        i % 4 == 0 ? null : 1 + i % 5,
                        date(i)))
                .toList();
    }

    private static Instant date(int i) {
        return switch (i % 50) {
            case 10 -> YEAR_1;
            case 20 -> YEAR_9999;
            case 30 -> AFTER_32_BITS;
            default -> START.plusMillis(i * 86_399_001L);
        };
    }
}
