package io.triggerquery.relayservice.it;

import io.triggerquery.databases.MariaDbServer;
import io.triggerquery.databases.ServerAddress;
import io.triggerquery.databases.ServerAddress.Driver;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;

/** The databases that the relay service supports. */
enum TestDatabase {
    POSTGRESQL,
    MARIADB,
    /** Used only if its address is given. */
    MYSQL,
    H2;

    /** Databases that several instances can share. */
    static Stream<TestDatabase> servers() {
        return all().filter(kind -> kind != H2);
    }

    static Stream<TestDatabase> all() {
        return Arrays.stream(values())
                .filter(kind -> kind != MYSQL || ServerAddress.mysql().isPresent());
    }

    /** Creates an empty database, and returns its address with user and password. */
    String newDatabase() {
        return switch (this) {
            case POSTGRESQL -> Servers.jdbcUrl(Servers.newDatabase());
            case MARIADB -> newDatabase(MariaDbServer.running());
            case MYSQL -> newDatabase(ServerAddress.mysql().orElseThrow());
            case H2 -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        };
    }

    /** The SQL expression of the current time, as stored in the table. */
    String now() {
        return this == MARIADB || this == MYSQL ? "utc_timestamp(6)" : "current_timestamp";
    }

    private static String newDatabase(ServerAddress server) {
        return server.url(Driver.MARIADB, server.newDatabase());
    }
}
