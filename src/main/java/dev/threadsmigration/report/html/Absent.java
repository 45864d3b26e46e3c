package dev.threadsmigration.report.html;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a JSON report leaves out. */
final class Absent {

    private Absent() {}

    static <T> List<T> asEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static <K, V> Map<K, V> asEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }
}
