package dev.threadsmigration.cli;

import dev.threadsmigration.database.Dialect;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionSystemException;

/** What lies behind a failure. */
final class Causes {

    private Causes() {}

    /** The failure, its causes and those that they suppressed, the outermost first. */
    static List<Throwable> of(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        collect(failure, causes, Collections.newSetFromMap(new IdentityHashMap<>()));
        return causes;
    }

    private static void collect(Throwable failure, List<Throwable> causes, Set<Throwable> seen) {
        if (failure != null && seen.add(failure)) {
            causes.add(failure);
            collect(cause(failure), causes, seen);
            for (Throwable suppressed : failure.getSuppressed()) {
                collect(suppressed, causes, seen);
            }
        }
    }

    /** Where a connection was gone, a rollback fails, too, which says nothing of why it was gone. */
    private static @Nullable Throwable cause(Throwable failure) {
        return failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null
                ? rollback.getApplicationException()
                : failure.getCause();
    }

    /** The first cause of this type; null where there is none. */
    static <T extends Throwable> @Nullable T find(List<Throwable> failures, Class<T> type) {
        return failures.stream()
                .flatMap(failure -> of(failure).stream())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    /** Whether waiting may mend it: a server is away, restarts, or chose us as a deadlock's victim. */
    static boolean arePassing(List<Throwable> failures, Dialect... dialects) {
        for (Throwable failure : failures) {
            for (Throwable cause : of(failure)) {
                if (cause instanceof SQLRecoverableException
                        || cause instanceof SQLTransientConnectionException
                        || cause instanceof SQLException sql && (isPassing(sql, dialects) || isOfLostConnection(sql))
                        // Whoever holds the lock is alone: the version is another one where a commit was not answered.
                        || cause instanceof OptimisticLockingFailureException
                        || cause instanceof IOException) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the memory was not enough, or a result was given up since it would have taken too much of it. */
    static boolean areOfMemory(List<Throwable> failures, Dialect... dialects) {
        return failures.stream()
                .flatMap(failure -> of(failure).stream())
                .anyMatch(cause -> cause instanceof OutOfMemoryError
                        || cause instanceof SQLException sql
                                && Stream.of(dialects)
                                        .anyMatch(dialect -> dialect.errors().isTooLarge(sql)));
    }

    /** Whether a server is away or has ended a session, rather than refused a statement. */
    static boolean areOfConnection(List<Throwable> failures) {
        return failures.stream().flatMap(failure -> of(failure).stream()).anyMatch(Causes::isOfConnection);
    }

    private static boolean isOfConnection(Throwable cause) {
        if (cause instanceof SQLException sql && sql.getSQLState() != null) {
            return sql.getSQLState().matches("08.*|57P.*|25P03");
        }
        return cause instanceof SQLRecoverableException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLException sql && isOfLostConnection(sql)
                || cause instanceof OptimisticLockingFailureException
                || cause instanceof IOException;
    }

    private static boolean isPassing(SQLException failure, Dialect... dialects) {
        for (Dialect dialect : dialects) {
            if (dialect.errors().isPassing(failure)) {
                return true;
            }
        }
        return false;
    }

    /** The pool's word for a connection that broke before: why, was told to who used it then, and may be lost. */
    private static boolean isOfLostConnection(SQLException failure) {
        return failure.getSQLState() == null && "Connection is closed".equals(failure.getMessage());
    }

    /** Without a reason of its own, its message is the name of the file alone. */
    private static String describe(FileSystemException failure) {
        String reason = failure.getReason();
        if (reason == null) {
            reason = failure instanceof AccessDeniedException
                    ? "permission denied"
                    : failure instanceof FileAlreadyExistsException
                            ? "it is there already and is no folder"
                            : failure instanceof NoSuchFileException ? "there is no such file or folder" : "";
        }
        return reason.isEmpty() ? String.valueOf(failure.getFile()) : failure.getFile() + ": " + reason;
    }

    /** The innermost cause in a sentence. */
    static String describe(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable next = cause(innermost); next != null && next != innermost; next = cause(innermost)) {
            innermost = next;
        }
        String message = innermost instanceof FileSystemException file ? describe(file) : innermost.getMessage();
        return message == null || message.isBlank()
                ? innermost.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\n\\s*", "; ");
    }
}
