package io.triggerquery.databases;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The address of a MariaDB or MySQL server, and of a user who may create databases.
 *
 * @param host the host
 * @param port the port
 * @param query what its addresses end with: the user, the password and other options of both drivers, separated by
 *     {@code &}
 */
public record ServerAddress(String host, int port, String query) {

    /** The variable that names a MySQL server, as {@code mysql://127.0.0.1:3306/?user=root&password=secret}. */
    public static final String MYSQL_VARIABLE = "TRIGGERQUERY_TEST_MYSQL_URL";

    /** The drivers of MariaDB and MySQL. Each connects to both products. */
    public enum Driver {
        /** {@code mariadb-java-client}. */
        MARIADB,
        /** {@code mysql-connector-j}. */
        MYSQL;

        private String scheme() {
            return this == MARIADB ? "mariadb" : "mysql";
        }
    }

    /** Returns the MySQL server of {@link #MYSQL_VARIABLE}; empty if the variable is not set. */
    public static Optional<ServerAddress> mysql() {
        return Optional.ofNullable(System.getenv(MYSQL_VARIABLE)).map(ServerAddress::parse);
    }

    static ServerAddress parse(String url) {
        URI address = URI.create(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
        if (address.getHost() == null || address.getPort() < 0 || address.getQuery() == null) {
            throw new IllegalArgumentException(
                    MYSQL_VARIABLE + " is not an address like" + " mysql://127.0.0.1:3306/?user=root&password=secret");
        }
        return new ServerAddress(address.getHost(), address.getPort(), address.getQuery());
    }

    /** Creates an empty database beside the others', and returns its name. */
    public String newDatabase() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        new JdbcTemplate(dataSource(Driver.MARIADB, "", "")).execute("create database " + name);
        return name;
    }

    /** Returns the connections to a database of this server, each of them new. */
    public DataSource dataSource(Driver driver, String database) {
        return dataSource(driver, database, "");
    }

    /**
     * Returns the connections to a database of this server, each of them new.
     *
     * @param options more of the driver's options, separated by {@code &}
     */
    public DataSource dataSource(Driver driver, String database, String options) {
        return new DriverManagerDataSource(url(driver, database) + (options.isEmpty() ? "" : "&" + options));
    }

    /** Returns the address for a driver, with user and password. */
    public String url(Driver driver, String database) {
        return "jdbc:%s://%s:%d/%s?%s".formatted(driver.scheme(), host, port, database, query);
    }
}
