package io.triggerquery.relayservice.it;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.handoff.AfterCommitStrategy;
import io.triggerquery.producer.internal.handoff.StrategyPublisher;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A business service with its own database, whose state the consumers query. */
final class Business {

    private final DataSource database = Servers.dataSource(Servers.newDatabase());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    Business() {
        jdbc.sql("create table billed (id text primary key)").update();
    }

    /** Bills in one transaction, and keeps its trigger in the buffer. */
    void bill(String id, TriggerBuffer buffer) {
        TriggerPublisher publisher = publisher(buffer);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into billed values (?)").param(id).update();
            if (!publisher.tryPublish("changed", id).equals(new Receipt.AfterCommit())) {
                throw new AssertionError("a trigger must not be sent before the transaction ends");
            }
        });
    }

    static TriggerPublisher publisher(TriggerBuffer buffer) {
        return new StrategyPublisher(Map.of("changed", new AfterCommitStrategy(buffer)));
    }

    /** Returns the answer of a query. */
    boolean isBilled(String id) {
        return jdbc.sql("select count(*) from billed where id = ?")
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
