package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.projection.ProjectionChangeListener;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Creates the bean that writes the table of a record, from other beans of the application. */
final class TableProjectionBeans {

    private final ConfigurableListableBeanFactory beans;
    private final Class<?> type;
    private final TriggerQueryProjection annotation;

    private TableProjectionBeans(ConfigurableListableBeanFactory beans, Class<?> type) {
        this.beans = beans;
        this.type = type;
        this.annotation =
                Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(type, TriggerQueryProjection.class));
    }

    /** Registers the bean of a record, unless the application has one. */
    static void register(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beans, Class<?> type) {
        ResolvableType projection = ResolvableType.forClassWithGenerics(TableProjection.class, type);
        if (beans.getBeanNamesForType(projection, true, false).length > 0) {
            return;
        }
        var definition = new RootBeanDefinition();
        definition.setTargetType(projection);
        definition.setBeanClass(TableProjection.class);
        definition.setInstanceSupplier(() -> new TableProjectionBeans(beans, type).create(type));
        definition.setLazyInit(false);
        registry.registerBeanDefinition(type.getName() + ".tableProjection", definition);
    }

    private <S> TableProjection<S> create(Class<S> record) {
        DataSource dataSource = dataSource();
        ResolvableType listener = ResolvableType.forClassWithGenerics(ProjectionChangeListener.class, record);
        List<ProjectionChangeListener<S>> listeners = beans.<ProjectionChangeListener<S>>getBeanProvider(listener)
                .orderedStream()
                .toList();
        return TableProjection.of(
                record,
                dataSource,
                new TableProjection.Surroundings<>(
                        transactionManager(dataSource),
                        beans.getBeanProvider(JsonMapper.class).getIfAvailable(JsonMapper::shared),
                        listeners,
                        this::resolved));
    }

    private String resolved(String name) {
        try {
            return String.valueOf(beans.resolveEmbeddedValue(name));
        } catch (IllegalArgumentException unresolved) {
            return name; // a placeholder that is left is reported
        }
    }

    private DataSource dataSource() {
        String name = resolved(annotation.dataSource());
        if (!name.isEmpty()) {
            return named("dataSource", name, DataSource.class);
        }
        DataSource only = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (only == null) {
            List<String> names = List.of(beans.getBeanNamesForType(DataSource.class));
            throw failure(
                    names.isEmpty()
                            ? "needs a DataSource, and there is no bean of this type"
                            : "needs a DataSource, and there are several, none of them primary: "
                                    + String.join(", ", names),
                    names.isEmpty()
                            ? "Set spring.datasource.url."
                            : "Name one: @TriggerQueryProjection(dataSource = \"" + names.get(0) + "\", ...).");
        }
        return only;
    }

    private PlatformTransactionManager transactionManager(DataSource dataSource) {
        String name = resolved(annotation.transactionManager());
        if (!name.isEmpty()) {
            PlatformTransactionManager named = named("transactionManager", name, PlatformTransactionManager.class);
            if (!manages(named, dataSource)) {
                throw failure(
                        "names the transaction manager '" + name + "', which does not manage its DataSource",
                        "Name the one that does, or none.");
            }
            return named;
        }
        List<PlatformTransactionManager> suitable = beans.getBeanProvider(PlatformTransactionManager.class)
                .orderedStream()
                .filter(manager -> manages(manager, dataSource))
                .toList();
        if (suitable.size() > 1) {
            PlatformTransactionManager primary =
                    beans.getBeanProvider(PlatformTransactionManager.class).getIfUnique();
            if (primary == null || !suitable.contains(primary)) {
                throw failure(
                        "has a DataSource with several transaction managers, none of them primary",
                        "Name one: @TriggerQueryProjection(transactionManager = \"...\", ...).");
            }
            return primary;
        }
        return suitable.isEmpty() ? new JdbcTransactionManager(dataSource) : suitable.get(0);
    }

    /** Returns whether a transaction manager, also one of JPA, manages transactions of a DataSource. */
    private static boolean manages(PlatformTransactionManager manager, DataSource dataSource) {
        BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(manager);
        return properties.isReadableProperty("dataSource")
                && target(properties.getPropertyValue("dataSource")) == target(dataSource);
    }

    private static @Nullable Object target(@Nullable Object dataSource) {
        return dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : dataSource;
    }

    private <T> T named(String attribute, String name, Class<T> required) {
        try {
            return beans.getBean(name, required);
        } catch (NoSuchBeanDefinitionException missing) {
            throw failure(
                    "names the " + attribute + " '" + name + "', and there is no such bean",
                    "Name one of these: " + String.join(", ", beans.getBeanNamesForType(required)) + ".");
        }
    }

    private FailureAnalyzedException failure(String what, String action) {
        return new FailureAnalyzedException("The projection " + type.getName() + " " + what + ".", action);
    }
}
