package dev.threadsmigration.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the value of one column of the current row as the Java type that loses nothing of it; null where it is NULL. */
public interface ValueReader {

    @Nullable
    Object read(ResultSet results, int position) throws SQLException;
}
