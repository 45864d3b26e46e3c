package dev.threadsmigration.target;

import dev.threadsmigration.support.Forum;

class PostgresLaterRunIntegrationTests extends LaterRunContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }
}
