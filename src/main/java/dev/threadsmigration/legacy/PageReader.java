package dev.threadsmigration.legacy;

import dev.threadsmigration.model.LegacyRow;
import org.springframework.batch.infrastructure.item.ItemReader;

/** Reads legacy rows page by page, and knows how large they are. */
public interface PageReader extends ItemReader<LegacyRow> {

    /** Whether what was handed out is as much as the memory has room for: what follows belongs into another chunk. */
    boolean isChunkFull();
}
