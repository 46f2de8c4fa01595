package io.triggerquery.producer.matrix;

import com.zaxxer.hikari.HikariDataSource;
import io.triggerquery.producer.PublishTrigger;
import io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import jakarta.persistence.EntityManagerFactory;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** A service with two databases, the first of them also used by JPA. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableTransactionManagement
@ImportAutoConfiguration({KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class})
class Application {

    /** Events with work for a phase of the transaction in which they are published. */
    record BeforeCommit(Runnable work) {}

    record AfterCommit(Runnable work) {}

    record AfterCompletion(Runnable work) {}

    /** A sent trigger, and whether its change was visible at that time. */
    record Sent(String id, boolean visible) {}

    @Bean
    @Primary
    FaultyDataSource business(@Value("${matrix.url}") String url, @Value("${matrix.auto-commit}") boolean autoCommit) {
        return pool(url, autoCommit);
    }

    @Bean
    FaultyDataSource other(@Value("${matrix.other}") String url, @Value("${matrix.auto-commit}") boolean autoCommit) {
        return pool(url, autoCommit);
    }

    private static FaultyDataSource pool(String url, boolean autoCommit) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setAutoCommit(autoCommit);
        pool.setMaximumPoolSize(6);
        pool.setConnectionTimeout(5_000);
        return new FaultyDataSource(pool);
    }

    @Bean
    PlatformTransactionManager jdbc(DataSource business) {
        return new JdbcTransactionManager(business);
    }

    @Bean
    PlatformTransactionManager jpa(EntityManagerFactory entities) {
        return new JpaTransactionManager(entities);
    }

    @Bean
    PlatformTransactionManager otherJdbc(@Qualifier("other") DataSource other) {
        return new JdbcTransactionManager(other);
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entities(DataSource business) {
        LocalContainerEntityManagerFactoryBean entities = new LocalContainerEntityManagerFactoryBean();
        entities.setDataSource(business);
        entities.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        entities.setManagedTypes(PersistenceManagedTypes.of(Thing.class.getName()));
        return entities;
    }

    @Bean
    Queue<Sent> sent() {
        return new ConcurrentLinkedQueue<>();
    }

    @Bean
    TriggerSender sender(DataSource business, Queue<Sent> sent) {
        JdbcClient jdbc = JdbcClient.create(business);
        return trigger -> {
            boolean visible = jdbc.sql("select count(*) from thing where id = ?")
                            .param(trigger.id())
                            .query(Integer.class)
                            .single()
                    > 0;
            sent.add(new Sent(trigger.id(), visible));
            return CompletableFuture.completedFuture(new SendOutcome.Acknowledged());
        };
    }

    @Bean
    Listeners listeners() {
        return new Listeners();
    }

    @Bean
    Annotated annotated() {
        return new Annotated();
    }

    static class Listeners {

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void on(BeforeCommit event) {
            event.work().run();
        }

        @TransactionalEventListener
        void on(AfterCommit event) {
            event.work().run();
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION)
        void on(AfterCompletion event) {
            event.work().run();
        }
    }

    static class Annotated {

        @Transactional("jdbc")
        @PublishTrigger(destination = "changed", id = "#id")
        public void jdbc(String id, Runnable work) {
            work.run();
        }

        @Transactional("jpa")
        @PublishTrigger(destination = "changed", id = "#id")
        public void jpa(String id, Runnable work) {
            work.run();
        }
    }
}
