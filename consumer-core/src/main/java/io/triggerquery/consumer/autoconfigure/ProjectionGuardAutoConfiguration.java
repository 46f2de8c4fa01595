package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.projection.ProjectionGuard;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives an application with one database a {@link ProjectionGuard}. With several, and none of them primary, the
 * application makes its own: {@code new ProjectionGuard(dataSource)}.
 */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnClass(JdbcClient.class)
@ConditionalOnSingleCandidate(DataSource.class)
public final class ProjectionGuardAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ProjectionGuard projectionGuard(DataSource dataSource) {
        return new ProjectionGuard(dataSource);
    }
}
