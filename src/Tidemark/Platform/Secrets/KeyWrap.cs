using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Secrets;

/// <summary>Wraps the ring's keys with a key that stands outside the database: AES-256-GCM under HKDF(ENCRYPTION_KEY, ENCRYPTION_SALT).</summary>
sealed class KeyWrap(string key, string salt) : IXmlEncryptor
{
    const int NonceLength = 12, TagLength = 16;
    readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, Encoding.UTF8.GetBytes(salt), "tidemark data-protection ring"u8.ToArray());

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var wrapped = new byte[NonceLength + plain.Length + TagLength];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(wrapped.AsSpan(0, NonceLength), plain, wrapped.AsSpan(NonceLength, plain.Length), wrapped.AsSpan(NonceLength + plain.Length));
        return new EncryptedXmlInfo(new XElement("wrapped", Convert.ToBase64String(wrapped)), typeof(Unwrap));
    }

    XElement Decrypt(XElement element)
    {
        var wrapped = Convert.FromBase64String(element.Value);
        var plain = new byte[wrapped.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_key, TagLength);
        aes.Decrypt(wrapped.AsSpan(0, NonceLength), wrapped.AsSpan(NonceLength, plain.Length), wrapped.AsSpan(NonceLength + plain.Length), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    /// <summary>Named in the stored key itself, and made by the framework when the ring is read.</summary>
    public sealed class Unwrap(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            var settings = services.GetRequiredService<TidemarkSettings>();
            var key = settings["ENCRYPTION_KEY"] ?? throw new CryptographicException("The database's keys are wrapped and ENCRYPTION_KEY is not set.");
            return new KeyWrap(key, settings["ENCRYPTION_SALT"] ?? "").Decrypt(encryptedElement);
        }
    }
}
