package io.triggerquery.documentation.example.outbox;

import org.springframework.jdbc.core.simple.JdbcClient;

record Payments(JdbcClient jdbc) {

    void update(Payment payment) {
        jdbc.sql("""
                        insert into payment (id, version) values (:id, :version)
                        on conflict (id) do update set version = excluded.version
                        """).paramSource(payment).update();
    }
}
