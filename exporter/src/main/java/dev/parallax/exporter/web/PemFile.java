package dev.parallax.exporter.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of PEM blocks: certificates, or one private key. Messages never quote what it holds. */
final class PemFile {

  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private final String name;
  private final String text;

  private PemFile(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @param name what messages call it
   */
  static PemFile read(String name, Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(name + ": expected at most " + MAX_BYTES + " bytes");
      }
      return new PemFile(name, Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          name + ": expected a readable PEM file, " + because(e, file), e);
    }
  }

  /** Why a file cannot be read, in a few words. */
  static String because(IOException e, Path file) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof CharacterCodingException
        ? "it is not text"
        : String.valueOf(e.getMessage());
  }

  /** Its certificates in order, at least one. */
  List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] block : blocks("CERTIFICATE")) {
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(name + ": expected certificates in PEM", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected a certificate in PEM");
    }
    return certificates;
  }

  /** Its one private key, which must be that of the certificate. */
  PrivateKey privateKeyOf(X509Certificate certificate) {
    List<byte[]> blocks = blocks("PRIVATE KEY");
    if (blocks.size() != 1) {
      throw new IllegalArgumentException(
          name
              + ": expected one unencrypted private key in PKCS#8, as openssl pkcs8 -topk8 -nocrypt"
              + " writes it");
    }
    String algorithm = certificate.getPublicKey().getAlgorithm();
    try {
      PrivateKey key =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(blocks.get(0)));
      if (isPair(key, certificate)) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      // Of another algorithm, or no key at all. The cause may say what is in the file.
      throw notItsKey();
    }
    throw notItsKey();
  }

  private IllegalArgumentException notItsKey() {
    return new IllegalArgumentException(name + ": expected the private key of cert_file");
  }

  private static boolean isPair(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    byte[] probe = "is this its key?".getBytes(StandardCharsets.US_ASCII);
    Signature signature =
        Signature.getInstance(
            switch (key.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> "EdDSA";
            });
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(probe);
    return signature.verify(signed);
  }

  private List<byte[]> blocks(String type) {
    List<byte[]> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).equals(type)) {
        blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
      }
    }
    return blocks;
  }
}
