package dev.threadsmigration.database;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** How what somebody names is found among what the database has. */
final class Names {

    private Names() {}

    /** Where two names differ only in case, the one that is spelt so; else whichever is that name in other letters. */
    static <T> Optional<T> find(Collection<T> all, Function<T, String> nameOf, String wanted) {
        return all.stream()
                .filter(one -> nameOf.apply(one).equals(wanted))
                .findFirst()
                .or(() -> all.stream()
                        .filter(one -> nameOf.apply(one).equalsIgnoreCase(wanted))
                        .findFirst());
    }
}
