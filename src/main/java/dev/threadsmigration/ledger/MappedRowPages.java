package dev.threadsmigration.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads ledger entries as {@link MappedRowReader} does, a page of them as one item. */
public final class MappedRowPages implements ItemStreamReader<List<MappedRow>> {

    private final MappedRowReader rows;
    private final int size;

    /** @param size of a page but the last */
    public MappedRowPages(MappedRowReader rows, int size) {
        this.rows = rows;
        this.size = size;
    }

    @Override
    public void open(ExecutionContext context) {
        rows.open(context);
    }

    @Override
    public @Nullable List<MappedRow> read() {
        List<MappedRow> page = new ArrayList<>(size);
        MappedRow row;
        while (page.size() < size && (row = rows.read()) != null) {
            page.add(row);
        }
        return page.isEmpty() ? null : page;
    }

    @Override
    public void update(ExecutionContext context) {
        rows.update(context);
    }
}
