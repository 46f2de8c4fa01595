package io.triggerquery.databases;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.databases.ServerAddress.Driver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class MariaDbServerIT {

    @ParameterizedTest
    @EnumSource
    void bothDriversUseADatabaseOfTheirOwn(Driver driver) {
        ServerAddress server = MariaDbServer.running();
        JdbcClient jdbc = JdbcClient.create(server.dataSource(driver, server.newDatabase()));
        jdbc.sql("create table t (n int)").update();
        jdbc.sql("insert into t values (1)").update();
        assertThat(jdbc.sql("select n from t").query(Integer.class).list()).containsExactly(1);
        assertThat(jdbc.sql("select version()").query(String.class).single()).contains("MariaDB");
    }
}
