package dev.threadsmigration.legacy;

import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.model.Amount;
import java.sql.SQLException;

/** Rows that were asked for by their keys take more of the memory than there is for them; fewer may not. */
final class RowsTooLargeException extends SQLException {

    private static final long serialVersionUID = 1L;

    RowsTooLargeException(String table, int rows, MemoryShare memory) {
        super("%s of %s: larger than the %s that Java's memory of %s has room for at once. Give it more with -Xmx"
                .formatted(Amount.of(rows, "row"), table, memory, MemoryShare.heap()));
    }
}
