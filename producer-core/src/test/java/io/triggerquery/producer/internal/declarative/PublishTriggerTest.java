package io.triggerquery.producer.internal.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.declarative.Payments.Payment;
import io.triggerquery.producer.internal.handoff.AfterCommitStrategy;
import io.triggerquery.producer.internal.handoff.StrategyPublisher;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabase;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tests the annotation with real transactions. */
class PublishTriggerTest {

    private static final EmbeddedDatabase DATABASE = new EmbeddedDatabaseBuilder()
            .generateUniqueName(true)
            .setType(EmbeddedDatabaseType.H2)
            .build();
    private static final JdbcClient JDBC = JdbcClient.create((DataSource) DATABASE);

    static {
        JDBC.sql("create table payment (id varchar primary key)").update();
    }

    /** A trigger that the buffer received, and whether other transactions saw the change at that time. */
    private record Kept(OutgoingTrigger trigger, boolean visible) {}

    private final List<Kept> kept = new ArrayList<>();
    private final List<Boolean> publishedInTransaction = new ArrayList<>();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @AfterEach
    void clear() {
        context.close();
        JDBC.sql("delete from payment").update();
    }

    @Test
    void publishesInTransactionAndHandsOverAfterCommit() {
        Payment saved = start(WithTransactions.class).save(new Payment("p-1", 6));

        assertThat(saved).isEqualTo(new Payment("p-1", 7));
        assertThat(publishedInTransaction).containsExactly(true);
        assertThat(kept).containsExactly(new Kept(new OutgoingTrigger("changed", "p-1", 7L), true));
    }

    @Test
    void isInnerAdviceEvenIfDefinedBeforeTransactionManagement() {
        context.register(PublishTriggerConfiguration.class);
        start(WithTransactions.class).save(new Payment("p-1", 6));

        assertThat(publishedInTransaction).containsExactly(true);
    }

    @Test
    void throwingMethodPublishesNothing() {
        Payments payments = start(WithTransactions.class);

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> payments.fail("p-1"));

        assertThat(publishedInTransaction).isEmpty();
        assertThat(kept).isEmpty();
    }

    @Test
    void rolledBackTransactionHandsOverNothing() {
        start(WithTransactions.class).undo("p-1");

        assertThat(publishedInTransaction).containsExactly(true);
        assertThat(kept).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void failingExpressionRollsBackAndNamesTheMethod() {
        Payments payments = start(WithTransactions.class);

        assertThatIllegalStateException()
                .isThrownBy(() -> payments.saveAndPublishBadly(new Payment("p", 1)))
                .withMessageContaining("Payments.saveAndPublishBadly")
                .withMessageContaining("\"#payment.id.substring(5)\"");

        assertThat(rows()).isZero();
        assertThat(kept).isEmpty();
    }

    @Test
    void rejectedIdRollsBackWithReason() {
        Payments payments = start(WithTransactions.class);

        assertThatIllegalStateException()
                .isThrownBy(() -> payments.save(new Payment("../p", 1)))
                .withMessageContaining("Payments.save")
                .withMessageContaining("an id has 1 to 256 characters");

        assertThat(rows()).isZero();
    }

    @Test
    void versionMustBeAWholeNumber() {
        Payments payments = start(WithTransactions.class);

        payments.versioned("p-1", 7);
        assertThatIllegalStateException()
                .isThrownBy(() -> payments.versioned("p-2", null))
                .withMessageContaining("\"#version\" returned null as the version");
        assertThatIllegalStateException()
                .isThrownBy(() -> payments.versioned("p-2", 1.5))
                .withMessageContaining("java.lang.Double");

        assertThat(kept).extracting(Kept::trigger).containsExactly(new OutgoingTrigger("changed", "p-1", 7L));
    }

    @Test
    void publishesAfterTheMethodWithoutTransactions() {
        Payments payments = start(NoTransactions.class);

        payments.several(List.of("a", "b"));
        payments.several(List.of());
        payments.composed("c");
        payments.plain("d");

        assertThat(publishedInTransaction).containsOnly(false);
        assertThat(kept)
                .extracting(Kept::trigger)
                .containsExactly(
                        OutgoingTrigger.of("changed", "a"),
                        OutgoingTrigger.of("changed", "b"),
                        OutgoingTrigger.of("other", "a-too"),
                        OutgoingTrigger.of("other", "b-too"),
                        OutgoingTrigger.of("other", "c"));
    }

    @Test
    void returnedStreamIsNotConsumed() {
        Payments payments = start(NoTransactions.class);

        assertThatIllegalStateException().isThrownBy(payments::stream).withMessageContaining("return a List");
    }

    @Test
    void beanWithoutAnnotationIsNotProxied() {
        start(NoTransactions.class);

        assertThat(AopUtils.isAopProxy(context.getBean(JdbcClient.class))).isFalse();
    }

    private Payments start(Class<?> configuration) {
        context.registerBean(TriggerPublisher.class, this::publisher);
        context.register(configuration);
        context.refresh();
        return context.getBean(Payments.class);
    }

    private TriggerPublisher publisher() {
        TriggerBuffer buffer = triggers -> {
            triggers.forEach(trigger -> kept.add(new Kept(trigger, rows() == 1)));
            return new Receipt.InMemory();
        };
        AfterCommitStrategy afterCommit = new AfterCommitStrategy(buffer);
        return new StrategyPublisher(Map.of(
                "changed",
                trigger -> {
                    publishedInTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
                    return afterCommit.publish(trigger);
                },
                "other",
                afterCommit));
    }

    /** The number of rows that another transaction sees. */
    private static long rows() {
        try (var connection = DATABASE.getConnection();
                var rows = connection.createStatement().executeQuery("select count(*) from payment")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(PublishTriggerConfiguration.class)
    static class NoTransactions {

        @Bean
        Payments payments(JdbcClient jdbc) {
            return new Payments(jdbc);
        }

        @Bean
        JdbcClient jdbc() {
            return JDBC;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import(NoTransactions.class)
    static class WithTransactions {

        @Bean
        PlatformTransactionManager transactionManager() {
            return new JdbcTransactionManager(DATABASE);
        }
    }
}
