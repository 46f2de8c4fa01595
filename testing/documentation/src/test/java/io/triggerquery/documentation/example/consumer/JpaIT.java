package io.triggerquery.documentation.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.projection.EndedTransactions;
import io.triggerquery.consumer.projection.ProjectionGuard;
import io.triggerquery.documentation.example.Database;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.LazyInitializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

class JpaIT {

    private static AnnotationConfigApplicationContext context;

    private final String id = UUID.randomUUID().toString();
    private final JpaProjection projection = context.getBean(JpaProjection.class);
    private final EntityManager entities =
            SharedEntityManagerCreator.createSharedEntityManager(context.getBean(EntityManagerFactory.class));
    private final TransactionTemplate transaction =
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class));

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Application {

        @Bean
        static LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            var factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setPackagesToScan(BillingRow.class.getPackageName());
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create-drop"));
            return factory;
        }

        @Bean(destroyMethod = "") // the other tests use it too
        DataSource dataSource() {
            return Database.dataSource();
        }

        @Bean
        PlatformTransactionManager transactionManager(EntityManagerFactory factory) {
            var manager = new JpaTransactionManager(factory);
            manager.addListener(EndedTransactions.LISTENER);
            return manager;
        }

        @Bean
        ProjectionGuard guard(DataSource dataSource) {
            return new ProjectionGuard(dataSource);
        }
    }

    @BeforeAll
    static void start() {
        context = new AnnotationConfigApplicationContext(
                Application.class, JpaProjection.class, JpaGuardedProjection.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private Billing billing(long version) {
        return new Billing(id, true, "bill-" + version, version);
    }

    private void found(long version) {
        projection.project(Snapshot.found(id, billing(version), version));
    }

    private String billId() {
        return transaction.execute(status -> entities.find(BillingRow.class, id).billId());
    }

    @Test
    void olderStateIsNotWrittenEvenAfterDeletion() throws Exception {
        found(5);
        found(4);
        assertThat(billId()).isEqualTo("bill-5");
        projection.project(Snapshot.absent(id));
        found(5);
        assertThat(billId()).isNull();
        found(6);
        assertThat(billId()).isEqualTo("bill-6");
        assertThat(projection.projectedVersions().versions(List.of(id, "other")))
                .isEqualTo(Map.of(id, 6L));
    }

    /** The second instance reads before the first one commits, and fails when it is flushed. */
    @Test
    void secondOfConcurrentWritesFailsAndRetryCompares() {
        found(4);
        var other = new TransactionTemplate(transaction.getTransactionManager());
        other.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    found(5);
                    other.executeWithoutResult(inner -> found(6));
                }))
                .isInstanceOf(OptimisticLockingFailureException.class);
        found(5);
        assertThat(billId()).isEqualTo("bill-6");
    }

    /** The method has returned then; the proxy around it throws. */
    @Test
    void invalidStateFailsAtFlush() {
        Billing tooLong = new Billing(id, true, "x".repeat(21), 1);
        List<String> steps = new ArrayList<>();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    projection.project(Snapshot.found(id, tooLong, 1));
                    steps.add("returned");
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(steps).containsExactly("returned");
        assertThatThrownBy(() -> projection.project(Snapshot.found(id, tooLong, 1)))
                .isInstanceOf(DataIntegrityViolationException.class);
        found(1);
        assertThat(billId()).isEqualTo("bill-1");
    }

    @Test
    void lazyFieldsAreReadInTransaction() {
        found(1);
        BillingRow detached = transaction.execute(status -> entities.find(BillingRow.class, id));
        assertThatThrownBy(() -> detached.history().size()).isInstanceOf(LazyInitializationException.class);
        int read = transaction.execute(
                status -> entities.find(BillingRow.class, id).history().size());
        assertThat(read).isEqualTo(1);
    }

    @Test
    void guardWritesInJpaTransaction() {
        JpaGuardedProjection guarded = context.getBean(JpaGuardedProjection.class);
        transaction.executeWithoutResult(status -> {
            guarded.project(billing(9));
            status.setRollbackOnly();
        });
        guarded.project(billing(5));
        guarded.project(billing(4));
        String billId = transaction.execute(
                status -> entities.find(BillingNote.class, id).billId());
        assertThat(billId).isEqualTo("bill-5");
    }

    /** The facts about a source whose versions are JPA's, which the page names. */
    @Test
    void jpaIncrementsVersionAtFlushButNotOnDeletion() {
        transaction.executeWithoutResult(status -> {
            var invoice = new Invoice(id);
            entities.persist(invoice);
            entities.flush();
            invoice.rename("a");
            assertThat(invoice.version()).isZero();
            entities.flush();
            assertThat(invoice.version()).isEqualTo(1);
            entities.remove(invoice);
            entities.flush();
            assertThat(invoice.version()).isEqualTo(1);
            entities.clear();
            var again = new Invoice(id);
            entities.persist(again);
            entities.flush();
            assertThat(again.version()).isZero();
        });
    }
}
