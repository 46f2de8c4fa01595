package io.triggerquery.documentation.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.documentation.page.Repository;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** An application whose build imports the BOM of Spring Cloud runs with the versions that the BOM manages. */
class SpringCloudIT {

    @TempDir
    Path directory;

    @Test
    void runsWithTheVersionsOfItsBom() throws Exception {
        Path project = directory.resolve("payments");
        FileSystemUtils.copyRecursively(Repository.path("testing/adopters/spring-cloud"), project);

        assertThat(LocalRepository.in(directory.resolve("repository")).mvnTest(project))
                .contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0")
                .contains("BUILD SUCCESS");
    }
}
