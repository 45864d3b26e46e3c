package dev.threadsmigration.target;

import dev.threadsmigration.support.Forum;

class PostgresCreatedTargetIntegrationTests extends CreatedTargetContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }
}
