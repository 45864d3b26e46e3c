package dev.threadsmigration.target;

import dev.threadsmigration.support.Forum;

class PostgresChangedRowsIntegrationTests extends ChangedRowsContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }
}
