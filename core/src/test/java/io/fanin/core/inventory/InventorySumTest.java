package io.fanin.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanin.core.s3.ObjectSummary;
import io.fanin.model.run.Inventory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventorySumTest {
    private static final String PREFIX = "events/dt=2026-11-01/";
    private static final Instant WRITTEN = Instant.parse("2026-11-01T10:00:00Z");
    private static final ObjectSummary B = object("b", 2, "e");

    @Test
    void sumCountsFilesAndBytesAndKeepsTheNewest() {
        Instant later = WRITTEN.plusSeconds(1);

        Inventory sum = sum(object("a", 1, "x"), new ObjectSummary(PREFIX + "b", 4, "y", later), object("c", 2, "z"));

        assertThat(sum.files()).isEqualTo(3);
        assertThat(sum.bytes()).isEqualTo(7);
        assertThat(sum.newest()).contains(later);
    }

    @Test
    void sumOfNothingHasNoNewestAndAHashOfZeros() {
        assertThat(sum().newest()).isEmpty();
        assertThat(sum().files()).isZero();
        assertThat(sum().hash()).isEqualTo("0".repeat(64));
    }

    @Test
    void hashIsTheOneThatIsDocumented() {
        // SHA-256 of "b\0e\0002", and the same plus SHA-256 of "a\0e\0002" modulo 2^256, computed elsewhere.
        assertThat(sum(B).hash()).isEqualTo("c3b108078c4e03a3eb29dd20116589d9bcd7daff637d72b31b3d8c04ad455b56");
        assertThat(sum(object("a", 2, "e"), B).hash())
                .isEqualTo("884b4e686adbb419c93a92897f8d2a4591f61c03605c05032e248383acc26bc4");
    }

    @Test
    void hashOfManyIsTheSumModuloTwoToThe256() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        BigInteger expected = BigInteger.ZERO;
        ObjectSummary[] objects = new ObjectSummary[1000];

        for (int i = 0; i < objects.length; i++) {
            objects[i] = object("n" + i, i, "e");
            byte[] line = ("n" + i + "\0e\0" + i).getBytes(StandardCharsets.UTF_8);
            expected = expected.add(new BigInteger(1, sha256.digest(line)));
        }

        assertThat(sum(objects).hash()).isEqualTo("%064x".formatted(expected.mod(BigInteger.ONE.shiftLeft(256))));
    }

    @Test
    void hashDoesNotDependOnTheOrder() {
        assertThat(sum(object("a", 1, "x"), B).hash())
                .isEqualTo(sum(B, object("a", 1, "x")).hash());
    }

    @ParameterizedTest
    @CsvSource({"a, 2, e", "b, 2, f", "b, 3, e"})
    void hashDependsOnNameEtagAndSize(String name, long size, String etag) {
        assertThat(sum(object(name, size, etag)).hash()).isNotEqualTo(sum(B).hash());
    }

    @Test
    void hashCountsObjectsThatAreAlike() {
        assertThat(sum(B, B).hash()).isNotEqualTo(sum(B).hash());
    }

    private static Inventory sum(ObjectSummary... objects) {
        InventorySum sum = new InventorySum(PREFIX);
        List.of(objects).forEach(sum::add);
        return sum.sum();
    }

    private static ObjectSummary object(String name, long size, String etag) {
        return new ObjectSummary(PREFIX + name, size, etag, WRITTEN);
    }
}
