package io.triggerquery.consumer.test.autoconfigure;

import io.triggerquery.consumer.test.faults.Faults;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Wraps every database of the application, so that faults can be injected. */
final class FaultyDataSources implements BeanPostProcessor {

    private final Faults faults;

    FaultyDataSources(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        return bean instanceof DataSource database ? faults.dataSource(database) : bean;
    }
}
