package io.triggerquery.relayservice.it;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.handoff.AfterCommitStrategy;
import io.triggerquery.producer.internal.handoff.Keeper;
import io.triggerquery.producer.internal.handoff.StrategyPublisher;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service with a database of its own, whose rows are the truth that consumers ask for. */
final class Business {

    private final DataSource database = Servers.dataSource(Servers.newDatabase());
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    Business() {
        jdbc.sql("create table billed (id text primary key)").update();
    }

    /** Bills in one transaction, whose trigger this keeper keeps. */
    void bill(String id, Keeper keeper) {
        TriggerPublisher publisher = publisher(keeper);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into billed values (?)").param(id).update();
            if (!publisher.tryPublish("changed", id).equals(new Receipt.AfterCommit())) {
                throw new AssertionError("within a transaction nothing is sent before its end");
            }
        });
    }

    static TriggerPublisher publisher(Keeper keeper) {
        return new StrategyPublisher(Map.of("changed", new AfterCommitStrategy(keeper)));
    }

    /** What a query answers now. */
    boolean isBilled(String id) {
        return jdbc.sql("select count(*) from billed where id = ?")
                        .param(id)
                        .query(Long.class)
                        .single()
                > 0;
    }
}
