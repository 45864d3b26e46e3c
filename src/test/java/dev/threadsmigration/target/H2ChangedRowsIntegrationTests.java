package dev.threadsmigration.target;

import dev.threadsmigration.support.Forum;

class H2ChangedRowsIntegrationTests extends ChangedRowsContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }
}
